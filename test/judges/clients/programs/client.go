package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"

	"judges/generated"
)

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func told(problem *api.Problem) []any {
	if problem == nil {
		return nil
	}
	var place any
	if len(problem.Errors) > 0 {
		place = problem.Errors[0].Parameter
	}
	return []any{problem.Status, problem.Code, place}
}

func main() {
	ctx := context.Background()
	withToken := func(_ context.Context, request *http.Request) error {
		request.Header.Set("Authorization", "Bearer "+os.Getenv("API_TOKEN"))
		return nil
	}
	client := must(api.NewClientWithResponses(os.Getenv("API_URL"), api.WithRequestEditorFn(withToken)))

	names := []string{}
	var workflow api.Workflow
	for _, one := range must(client.ListWorkflowsWithResponse(ctx, &api.ListWorkflowsParams{})).JSON200.Data {
		names = append(names, one.Name)
		if one.Name == "Spring Promo" {
			workflow = one
		}
	}
	trigger := func(key string) *api.TriggerRunResponse {
		params := api.TriggerRunParams{IdempotencyKey: &key}
		input := map[string]any{"campaign": "Spring Promo"}
		return must(client.TriggerRunWithResponse(ctx, workflow.Id, &params, api.TriggerRun{Input: &input}))
	}
	read := func(id int64) *api.GetRunResponse {
		wait := 5
		return must(client.GetRunWithResponse(ctx, id, &api.GetRunParams{WaitSeconds: &wait}))
	}

	first := trigger("first").JSON202.Id
	repeated := trigger("first").JSON202.Id
	run := read(first).JSON200
	for run.Status == "queued" || run.Status == "running" {
		run = read(first).JSON200
	}
	steps := []any{}
	for _, step := range run.Steps {
		steps = append(steps, step.Status)
	}
	trigger("second")
	trigger("third")

	paged, limit := 0, 2
	params := api.ListRunsParams{Limit: &limit}
	for {
		page := must(client.ListRunsWithResponse(ctx, &params)).JSON200
		paged += len(page.Data)
		if page.NextCursor == nil {
			break
		}
		params.Cursor = page.NextCursor
	}

	tooMany := 1_000
	refused := must(client.ListRunsWithResponse(ctx, &api.ListRunsParams{Limit: &tooMany}))
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.Encode(map[string]any{
		"workflows": names,
		"run":       []any{run.Status, steps},
		"repeated":  first == repeated,
		"paged":     paged,
		"problems": []any{
			told(read(999_999).ApplicationproblemJSON404),
			told(refused.ApplicationproblemJSON422),
			told(trigger("fourth").ApplicationproblemJSON429),
		},
	})
	fmt.Print(out.String())
}
