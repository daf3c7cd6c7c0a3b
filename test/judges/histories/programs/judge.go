// Judges with porcupine whether the history in the file named first is linearizable for each tenant. It prints JSON. If a
// folder is named second, it makes the folder and draws there what is not linearizable, each object on a page.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"time"

	"github.com/anishathalye/porcupine"
)

// A tenant that takes longer counts as not linearizable. One of 500 runs takes a tenth of a second.
const timeout = 30 * time.Second

type finding struct {
	Tenant string `json:"tenant"`
	Object string `json:"object"`
	// Result is Illegal, or Unknown if the time was over.
	Result porcupine.CheckResult `json:"result"`
	// Unplaced are the first steps that fit nowhere in the longest order that was found, by the times of their answers.
	Unplaced []string `json:"unplaced"`
	Drawing  string   `json:"drawing,omitempty"`
}

type verdict struct {
	Operations int       `json:"operations"`
	Unanswered int       `json:"unanswered"`
	Tenants    int       `json:"tenants"`
	Objects    int       `json:"objects"`
	Steps      int       `json:"steps"`
	Seconds    float64   `json:"seconds"`
	Findings   []finding `json:"findings"`
}

func main() {
	tenants, err := readHistory(os.Args[1])
	if err != nil {
		panic(err)
	}
	began := time.Now()
	judged := verdict{Tenants: len(tenants), Findings: []finding{}}
	for tenant, history := range tenants {
		for _, one := range history {
			if one.isOpen() {
				judged.Unanswered += 1
			}
		}
		steps := stepsOf(history)
		judged.Operations += len(history)
		judged.Steps += len(steps)
		judged.Objects += len(byObject(steps))
		if porcupine.CheckOperationsTimeout(specification, steps, timeout) != porcupine.Ok {
			judged.Findings = append(judged.Findings, findingsIn(tenant, steps)...)
		}
	}
	judged.Seconds = float64(time.Since(began).Milliseconds()) / 1000
	sort.Slice(judged.Findings, func(a, b int) bool {
		one, other := judged.Findings[a], judged.Findings[b]
		return one.Tenant+one.Object < other.Tenant+other.Object
	})
	printed, err := json.Marshal(judged)
	if err != nil {
		panic(err)
	}
	fmt.Println(string(printed))
}

// findingsIn judges each object of a tenant by itself, to say which one is at fault and why.
func findingsIn(tenant string, steps []porcupine.Operation) []finding {
	var found []finding
	for _, part := range byObject(steps) {
		result, info := porcupine.CheckOperationsVerbose(specification, inLanes(part), timeout)
		if result == porcupine.Ok {
			continue
		}
		object := part[0].Input.(step).object
		drawing := draw(info, fmt.Sprintf("%s-%d.html", tenant, len(found)+1))
		found = append(found, finding{tenant, object, result, unplaced(part, info), drawing})
	}
	return found
}
