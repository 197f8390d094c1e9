"""Every operation of the service, as the OpenAPI document tells them."""

from serve.api import MEDIA_TYPE as NDJSON
from serve.api import (
    ArticleRequest,
    BatchFault,
    CodebookList,
    Health,
    KnownCodebook,
    LabelledArticle,
    ModelCards,
    PageForm,
    PairsAnswer,
    PairsRequest,
    Predictions,
    ScoringRequest,
)
from serve.openapi import examples
from serve.openapi.operation_docs import (
    CSV,
    FORM,
    HTML,
    TEXT,
    Content,
    Operation,
    Parameter,
    Schema,
    lines,
    shape,
)

READS = (400, 413, 415, 422)
TAGS = {
    "articles": "Who stands where, on what, in whose words.",
    "knowledge": "The codebooks the server knows, and the models that serve.",
    "server": "Whether it lives, what it counts, what it can do.",
    "mlflow": "The scoring protocol of MLflow, so that its clients work unchanged.",
    "pages": "Pages for people.",
}


PAGE: Schema = {"type": "string"}
DOCUMENT: Schema = {
    "type": "object",
    "properties": {"openapi": {"type": "string", "pattern": r"^3\.1\."}},
    "required": ["openapi", "info", "paths", "components"],
}
CODEBOOK_NAME = Parameter("name", "path", "The name of a codebook.", shown="geneva2")
LINES_CODEBOOK = Parameter(
    "codebook",
    "query",
    "The name of the codebook for lines that have none; else `geneva2`.",
    shown="geneva2",
)

OPERATIONS: tuple[Operation, ...] = (
    Operation(
        "labelArticle",
        "post",
        "/v1/articles",
        "articles",
        "Label one article",
        Content(
            shape(LabelledArticle),
            about="Its statements, and the actor × issue table they add up to.",
            shown={"article": examples.LABELLED},
        ),
        about="Labels every actor's stance on every issue of the codebook.",
        body=Content(
            shape(ArticleRequest),
            about="The article.",
            shown={"article": examples.ARTICLE, "with its codebook": examples.LAKE},
        ),
        problems=(*READS, 503),
    ),
    Operation(
        "labelArticles",
        "post",
        "/v1/articles:batch",
        "articles",
        "Label many articles, streamed",
        Content(
            lines({"anyOf": [shape(LabelledArticle), shape(BatchFault)]}),
            NDJSON,
            "A line for each line sent, in order.",
        ),
        about="Send one article as JSON on each line, and read at the same time: answers come "
        "while articles go in. A line that is wrong gets a line with its number and the problem, "
        "and the rest go on. Blank lines are passed over, and counted.",
        body=Content(
            lines(shape(ArticleRequest)), NDJSON, "Articles.", {"two articles": examples.BATCH}
        ),
        parameters=(LINES_CODEBOOK,),
        problems=(503,),
    ),
    Operation(
        "judgePairs",
        "post",
        "/v1/pairs",
        "articles",
        "Judge pairs of holder and target",
        Content(
            shape(PairsAnswer),
            about="A label for each pair, in order.",
            shown={"pairs": examples.JUDGED},
        ),
        about="Labels and probabilities are toward the target.",
        body=Content(shape(PairsRequest), about="The pairs.", shown={"pairs": examples.PAIRS}),
        problems=(*READS, 503),
    ),
    Operation(
        "listCodebooks",
        "get",
        "/v1/codebooks",
        "knowledge",
        "The codebooks the server knows",
        Content(shape(CodebookList), about="Names, sizes and digests."),
    ),
    Operation(
        "showCodebook",
        "get",
        "/v1/codebooks/{name}",
        "knowledge",
        "One codebook, whole",
        Content(shape(KnownCodebook), about="Its actors and issues."),
        parameters=(CODEBOOK_NAME,),
        problems=(404,),
    ),
    Operation(
        "showModels",
        "get",
        "/v1/model",
        "knowledge",
        "The models that serve",
        Content(shape(ModelCards), about="Versions, features, data, licences and scores."),
        problems=(503,),
    ),
    Operation(
        "isAlive",
        "get",
        "/healthz",
        "server",
        "Whether the process lives",
        Content(shape(Health), about="It does.", shown={"alive": {"status": "ok"}}),
        is_open=True,
    ),
    Operation(
        "isReady",
        "get",
        "/readyz",
        "server",
        "Whether a model is loaded",
        Content(shape(Health), about="One is.", shown={"ready": {"status": "ready"}}),
        problems=(503,),
        is_open=True,
    ),
    Operation(
        "showMetrics",
        "get",
        "/metrics",
        "server",
        "What the service counts",
        Content(PAGE, TEXT, "Prometheus' text format."),
    ),
    Operation(
        "describe",
        "get",
        "/openapi.json",
        "server",
        "This description",
        Content(DOCUMENT, about="An OpenAPI 3.1 document."),
        is_cached=True,
    ),
    Operation(
        "ping",
        "get",
        "/ping",
        "mlflow",
        "Whether a model is loaded, as MLflow asks",
        Content({}, about="One is; the body is an empty line."),
        problems=(503,),
        is_open=True,
    ),
    Operation(
        "score",
        "post",
        "/invocations",
        "mlflow",
        "Judge pairs, as MLflow sends them",
        Content(
            shape(Predictions),
            about="A label for each row, in order.",
            shown={"predictions": examples.PREDICTED},
        ),
        body=Content(
            shape(ScoringRequest), about="Rows.", shown={"dataframe_split": examples.SCORING}
        ),
        problems=(*READS, 503),
    ),
    Operation(
        "showPage",
        "get",
        "/",
        "pages",
        "Paste an article, and see who stands where",
        Content(PAGE, HTML, "The page."),
        pages=(503,),
    ),
    Operation(
        "readPage",
        "post",
        "/",
        "pages",
        "See what the pasted article says",
        Content(PAGE, HTML, "The page with what it says."),
        body=Content(shape(PageForm), FORM, "The form.", {"form": examples.FORM}),
        pages=(413, 422, 503),
    ),
    Operation(
        "download",
        "post",
        "/download",
        "pages",
        "What the page shows, as a file",
        Content({}, about="The labelled article, or a sheet of it.", others=(CSV,)),
        body=Content(shape(PageForm), FORM, "The form.", {"form": examples.DOWNLOAD}),
        pages=(413, 422, 503),
    ),
    Operation(
        "showModelsPage",
        "get",
        "/models",
        "pages",
        "The models that serve, to look at",
        Content(PAGE, HTML, "The page."),
        pages=(503,),
    ),
    Operation(
        "showDocs",
        "get",
        "/docs",
        "pages",
        "This description, to read",
        Content(PAGE, HTML, "The page."),
        is_cached=True,
    ),
)
