"""Content encodings under our own limits: at most two, 16 MiB unpacked, and no torn body taken for a whole one."""

from scrapy import Request
from scrapy.http import Response
from scrapy.responsetypes import responsetypes

from aggregator.archive import BodyRefusedError, decode_body
from spiders.refusals import BadBodyError

ORIGINAL_ENCODING = "X-Archive-Orig-Content-Encoding"


class CompressionMiddleware:
    """Stands in for Scrapy's HttpCompressionMiddleware, which accepts torn gzip and any number of layers."""

    def process_request(self, request: Request) -> None:
        """Say what we unpack."""
        request.headers.setdefault("Accept-Encoding", "gzip, deflate, br")

    def process_response(self, request: Request, response: Response) -> Response:
        """The response with its encodings taken off."""
        encodings = b", ".join(response.headers.getlist("Content-Encoding"))
        if not encodings or request.method == "HEAD":
            return response
        try:
            body = decode_body(response.body, encodings.decode("latin-1"))
        except BodyRefusedError as error:
            raise BadBodyError(str(error)) from error
        headers = response.headers.copy()
        headers[ORIGINAL_ENCODING] = encodings
        del headers["Content-Encoding"]
        kind = responsetypes.from_args(headers=headers, url=response.url, body=body)
        return response.replace(cls=kind, headers=headers, body=body)
