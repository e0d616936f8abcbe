"""The OpenAPI document of the whole API, made from the functions' code."""

from mall.openapi.document import ComponentConflict, document, write
from mall.openapi.functions import http_apps

__all__ = ["ComponentConflict", "document", "http_apps", "write"]
