import com.fasterxml.jackson.databind.ObjectMapper;
import generated.ApiClient;
import generated.ApiException;
import generated.api.RunsApi;
import generated.api.WorkflowsApi;
import generated.model.Problem;
import generated.model.RunDetail;
import generated.model.RunPage;
import generated.model.RunStatus;
import generated.model.StartedRun;
import generated.model.TriggerRun;
import generated.model.Workflow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

public class Client {
  static final ObjectMapper json = ApiClient.createDefaultObjectMapper();

  interface Call {
    void run() throws ApiException;
  }

  static List<Object> problemOf(Call call) throws Exception {
    try {
      call.run();
      return List.of();
    } catch (ApiException refused) {
      Problem problem = json.readValue(refused.getResponseBody(), Problem.class);
      Object place = problem.getErrors().isEmpty() ? null : problem.getErrors().get(0).getParameter();
      return Arrays.asList(problem.getStatus(), problem.getCode(), place);
    }
  }

  public static void main(String[] args) throws Exception {
    ApiClient client = new ApiClient();
    client.updateBaseUri(System.getenv("API_URL"));
    String authorization = "Bearer " + System.getenv("API_TOKEN");
    client.setRequestInterceptor(request -> request.header("Authorization", authorization));
    WorkflowsApi workflows = new WorkflowsApi(client);
    RunsApi runs = new RunsApi(client);

    List<Workflow> found = workflows.listWorkflows(null, null, null, null).getData();
    long workflow = found.stream().filter(one -> one.getName().equals("Spring Promo")).findFirst().get().getId();
    TriggerRun input = new TriggerRun().input(Map.of("campaign", "Spring Promo"));

    StartedRun first = runs.triggerRun(workflow, null, "first", null, null, input);
    StartedRun repeated = runs.triggerRun(workflow, null, "first", null, null, input);
    RunDetail run = runs.getRun(first.getId(), 5, null, null);
    while (run.getStatus() == RunStatus.QUEUED || run.getStatus() == RunStatus.RUNNING) {
      run = runs.getRun(first.getId(), 5, null, null);
    }
    runs.triggerRun(workflow, null, "second", null, null, input);
    runs.triggerRun(workflow, null, "third", null, null, input);

    int paged = 0;
    String cursor = null;
    do {
      RunPage page = runs.listRuns(2, cursor, null, null, null, null, null, null, null, null, null);
      paged += page.getData().size();
      cursor = page.getNextCursor();
    } while (cursor != null);

    List<Object> steps = new ArrayList<>();
    run.getSteps().forEach(step -> steps.add(step.getStatus()));
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("workflows", found.stream().map(Workflow::getName).toList());
    told.put("run", List.of(run.getStatus(), steps));
    told.put("repeated", first.getId().equals(repeated.getId()));
    told.put("paged", paged);
    told.put(
        "problems",
        List.of(
            problemOf(() -> runs.getRun(999_999L, null, null, null)),
            problemOf(() -> runs.listRuns(1_000, null, null, null, null, null, null, null, null, null, null)),
            problemOf(() -> runs.triggerRun(workflow, null, "fourth", null, null, input))));
    System.out.println(json.writeValueAsString(told));
  }
}
