"""A program on the official Python client that connects by the address alone.

The test plays the person's browser: it reads from stdout which address is to be opened, and answers on stdin with the
address to which the browser was sent back. The last line is what the program learned, as JSON.
"""

import asyncio
import json
import sys
from urllib.parse import parse_qs, urlparse

from mcp import Client
from mcp.client.auth import OAuthClientProvider
from mcp.client.streamable_http import streamable_http_client
from mcp.shared._httpx_utils import create_mcp_http_client
from mcp.shared.auth import AuthorizationCodeResult, OAuthClientMetadata


class Memory:
    """Keeps what the client got, as the SDK asks of a program."""

    tokens = None
    client = None

    async def get_tokens(self):
        return self.tokens

    async def set_tokens(self, tokens):
        self.tokens = tokens

    async def get_client_info(self):
        return self.client

    async def set_client_info(self, client):
        self.client = client


async def open_browser(address):
    print("open", address, flush=True)


async def come_back():
    query = parse_qs(urlparse(sys.stdin.readline().strip()).query)
    return AuthorizationCodeResult(**{name: query[name][0] for name in ("code", "state", "iss")})


async def main(url):
    memory = Memory()
    provider = OAuthClientProvider(
        server_url=url,
        # As in the SDK's own example, which asks for a secret.
        client_metadata=OAuthClientMetadata(
            client_name="Python Promo Bot",
            redirect_uris=["http://localhost:3030/callback"],
            grant_types=["authorization_code", "refresh_token"],
            response_types=["code"],
            token_endpoint_auth_method="client_secret_post",
        ),
        storage=memory,
        redirect_handler=open_browser,
        callback_handler=come_back,
    )
    async with create_mcp_http_client(auth=provider) as http, Client(
        streamable_http_client(url, http_client=http)
    ) as client:

        async def call(name, **arguments):
            return (await client.call_tool(name, arguments)).structured_content

        workflows = (await call("list_workflows"))["data"]
        workflow = next(workflow for workflow in workflows if workflow["name"] == "Spring Promo")
        started = await call("trigger_workflow", workflow_id=workflow["id"], wait_seconds=20)
        first = memory.tokens.access_token
        # The client now takes the token for expired.
        provider.context.token_expiry_time = 1
        run = await call("get_workflow_run", run_id=started["run_id"])
        print(json.dumps({"run": run, "refreshed": memory.tokens.access_token != first}))


asyncio.run(main(sys.argv[1]))
