package main

import (
	"bufio"
	"encoding/json"
	"os"
)

// seenRun is a run as an answer showed it.
type seenRun struct {
	ID     int    `json:"id"`
	Status string `json:"status"`
}

// operation is a line of the history: test/load/history/operation.ts explains the fields.
type operation struct {
	Tenant string `json:"tenant"`
	Client string `json:"client"`
	Asked  struct {
		Operation string `json:"operation"`
		Key       string `json:"key"`
		Run       int    `json:"run"`
		Wanted    string `json:"wanted"`
		Before    int    `json:"before"`
	} `json:"asked"`
	Call     int64 `json:"call_us"`
	Return   int64 `json:"return_us"`
	Answered *struct {
		Status   int       `json:"status"`
		Code     string    `json:"code"`
		Run      seenRun   `json:"run"`
		Replayed bool      `json:"replayed"`
		Day      string    `json:"day"`
		Used     int       `json:"used"`
		Runs     []seenRun `json:"runs"`
		HasMore  bool      `json:"has_more"`
	} `json:"answered"`
}

// startsRun tells whether the operation would start a run.
func (o operation) startsRun() bool {
	return o.Asked.Operation == "trigger" || o.Asked.Operation == "rerun"
}

// isOpen tells whether nobody knows if the operation took effect: no answer came, or one that leaves it open.
func (o operation) isOpen() bool {
	return o.Answered == nil || o.Answered.Status >= 500
}

// succeeded tells whether the operation was answered with a success.
func (o operation) succeeded() bool {
	return o.Answered != nil && o.Answered.Status < 300
}

// readHistory reads the operations of each tenant from a file.
func readHistory(file string) (map[string][]operation, error) {
	opened, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer opened.Close()
	lines := bufio.NewScanner(opened)
	lines.Buffer(nil, 16*1024*1024)
	tenants := map[string][]operation{}
	for lines.Scan() {
		var one operation
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			return nil, err
		}
		tenants[one.Tenant] = append(tenants[one.Tenant], one)
	}
	return tenants, lines.Err()
}
