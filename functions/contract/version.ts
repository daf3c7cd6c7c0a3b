/** The release, as the API, the MCP server, the clients and the User-Agent report it. A test compares package.json. */
export const productVersion = '0.2.0';
