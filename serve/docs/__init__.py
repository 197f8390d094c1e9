"""The API described: ``/openapi.json`` for programs, ``/docs`` for people."""
