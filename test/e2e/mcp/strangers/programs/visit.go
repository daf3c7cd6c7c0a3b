// Lists the tools of an MCP server and calls some with the official client for Go.
//
// usage: visit <address> <token> <calls as JSON>
// Prints what the client made of it as JSON: the tools and the results, or why it could not connect.
package main

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

type result struct {
	IsError    bool   `json:"isError"`
	Text       string `json:"text"`
	Structured any    `json:"structured"`
}

type visit struct {
	Tools   []string `json:"tools,omitempty"`
	Results []result `json:"results,omitempty"`
	Refused string   `json:"refused,omitempty"`
}

type withToken struct{ token string }

func (t withToken) RoundTrip(request *http.Request) (*http.Response, error) {
	request = request.Clone(request.Context())
	request.Header.Set("Authorization", "Bearer "+t.token)
	return http.DefaultTransport.RoundTrip(request)
}

func main() {
	made, err := call(os.Args[1], os.Args[2], os.Args[3])
	if err != nil {
		made = visit{Refused: err.Error()}
	}
	_ = json.NewEncoder(os.Stdout).Encode(made)
}

func call(address, token, calls string) (visit, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 40*time.Second)
	defer cancel()
	var wanted []struct {
		Name      string         `json:"name"`
		Arguments map[string]any `json:"arguments"`
	}
	if err := json.Unmarshal([]byte(calls), &wanted); err != nil {
		return visit{}, err
	}
	client := mcp.NewClient(&mcp.Implementation{Name: "visit", Version: "1"}, nil)
	transport := &mcp.StreamableClientTransport{Endpoint: address, HTTPClient: &http.Client{Transport: withToken{token}}}
	session, err := client.Connect(ctx, transport, nil)
	if err != nil {
		return visit{}, err
	}
	defer session.Close()
	listed, err := session.ListTools(ctx, nil)
	if err != nil {
		return visit{}, err
	}
	made := visit{}
	for _, tool := range listed.Tools {
		made.Tools = append(made.Tools, tool.Name)
	}
	for _, one := range wanted {
		given, err := session.CallTool(ctx, &mcp.CallToolParams{Name: one.Name, Arguments: one.Arguments})
		if err != nil {
			return visit{}, err
		}
		text := given.Content[0].(*mcp.TextContent).Text
		made.Results = append(made.Results, result{given.IsError, text, given.StructuredContent})
	}
	return made, nil
}
