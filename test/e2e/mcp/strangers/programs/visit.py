"""Lists the tools of an MCP server and calls some, with the client that is named first.

usage: visit.py sdk-1|sdk-2|fastmcp <address> <token> <calls as JSON>
Prints what the client made of it as JSON: the tools and the results, or why it could not connect.
"""

import asyncio
import json
import logging
import sys
from contextlib import asynccontextmanager


@asynccontextmanager
async def sdk_1(url, headers):
    from mcp import ClientSession
    from mcp.client.streamable_http import streamablehttp_client

    async with streamablehttp_client(url, headers=headers) as (read, write, _), ClientSession(read, write) as session:
        await session.initialize()
        yield (await session.list_tools()).tools, session.call_tool


@asynccontextmanager
async def sdk_2(url, headers):
    from mcp import Client
    from mcp.client.streamable_http import streamable_http_client
    from mcp.shared._httpx_utils import create_mcp_http_client

    async with create_mcp_http_client(headers=headers) as http, Client(
        streamable_http_client(url, http_client=http)
    ) as client:
        yield (await client.list_tools()).tools, client.call_tool


@asynccontextmanager
async def fastmcp(url, headers):
    from fastmcp import Client
    from fastmcp.client.transports import StreamableHttpTransport

    async with Client(StreamableHttpTransport(url, headers=headers)) as client:
        yield await client.list_tools(), client.call_tool_mcp


def plain(result):
    # The first SDK keeps the names of the wire, the second one writes them as Python does.
    named = result.model_dump(mode="json", by_alias=True)
    structured = named.get("structuredContent")
    return {"isError": named.get("isError") or False, "text": named["content"][0]["text"], "structured": structured}


async def main(client, url, token, calls):
    logging.disable(logging.CRITICAL)
    open_client = {"sdk-1": sdk_1, "sdk-2": sdk_2, "fastmcp": fastmcp}[client]
    try:
        async with asyncio.timeout(40), open_client(url, {"Authorization": f"Bearer {token}"}) as (tools, call):
            results = [plain(await call(one["name"], one["arguments"])) for one in json.loads(calls)]
            return {"tools": [tool.name for tool in tools], "results": results}
    except BaseException as error:
        return {"refused": " ".join(reasons(error))}


def reasons(error):
    """What went wrong, and in groups of errors each."""
    return [repr(error)] + [reason for one in getattr(error, "exceptions", []) for reason in reasons(one)]


print(json.dumps(asyncio.run(main(*sys.argv[1:]))))
