"""The operations of the service, read from its views without a model."""

from flask import Flask

from serve.api.views import api
from serve.openapi.operations import operations_of
from serve.openapi.views import docs
from serve.pages.views import pages

_app = Flask(__name__)
for _blueprint in (api, pages, docs):
    _app.register_blueprint(_blueprint)
OPERATIONS = operations_of(_app)
