package main

import (
	"fmt"
	"math"
	"sort"

	"github.com/anishathalye/porcupine"
)

const (
	theCounter = "the counter"
	// A step whose operation has no answer may happen at any time after the call.
	never = math.MaxInt64 / 4
)

// tenantSteps collects what the operations of one tenant did to its objects.
type tenantSteps struct {
	history []operation
	steps   []porcupine.Operation
	// origins are the answers that name a run as started, by its number.
	origins map[int][]operation
	// sighted is when the first answer was complete that shows the run, by its number. It was counted before.
	sighted map[int]int64
	// open are the starts of which nobody knows whether they took effect, in the order of their calls.
	open []operation
}

// stepsOf says what the operations of one tenant did to its objects, with the times between which they did.
func stepsOf(history []operation) []porcupine.Operation {
	t := &tenantSteps{history: history, origins: map[int][]operation{}, sighted: map[int]int64{}}
	sort.SliceStable(t.history, func(a, b int) bool { return t.history[a].Call < t.history[b].Call })
	for _, o := range t.history {
		if !o.startsRun() {
			continue
		}
		if o.isOpen() {
			t.open = append(t.open, o)
		}
		if o.succeeded() {
			t.origins[o.Answered.Run.ID] = append(t.origins[o.Answered.Run.ID], o)
		}
	}
	for _, o := range t.history {
		if o.succeeded() {
			for _, run := range append(o.Answered.Runs, o.Answered.Run) {
				t.see(run.ID, o.Return)
			}
		}
	}
	t.addStarts()
	t.addKeys()
	t.addUnnamed()
	t.addUsage()
	t.addLists()
	t.addChanges()
	return t.steps
}

func (t *tenantSteps) see(number int, at int64) {
	if before, known := t.sighted[number]; number > 0 && (!known || at < before) {
		t.sighted[number] = at
	}
}

// add adds a step. One that would have ended before it began shows that an answer contradicts itself.
func (t *tenantSteps) add(s step, from, to int64) {
	if to < from {
		s.kind, to = contradict, from
	}
	t.steps = append(t.steps, porcupine.Operation{Input: s, Call: from, Return: to})
}

func theRun(number int) string { return fmt.Sprintf("run %d", number) }

// addUsage adds the reads of the usage of the first day; that of another day begins at nothing.
func (t *tenantSteps) addUsage() {
	day := ""
	for _, o := range t.history {
		if o.Asked.Operation != "usage" || !o.succeeded() {
			continue
		}
		if day == "" {
			day = o.Answered.Day
		}
		if o.Answered.Day == day {
			t.add(step{object: theCounter, kind: use, number: o.Answered.Used, client: o.Client}, o.Call, o.Return)
		}
	}
}

// addChanges adds what a cancellation, a rerun and a replayed start say about the run that they are about.
func (t *tenantSteps) addChanges() {
	for _, o := range t.history {
		about := step{object: theRun(o.Asked.Run), number: o.Asked.Run, client: o.Client}
		from, to := o.Call, o.Return
		switch {
		case o.Asked.Operation == "cancel" && o.isOpen():
			about.kind, to = cancelMaybe, never
		case o.Asked.Operation == "cancel" && o.succeeded():
			about.kind = cancel
		case o.Asked.Operation == "cancel" && o.Answered.Code == "run_not_cancellable":
			about.kind = refuse
		case o.startsRun() && o.succeeded() && o.Answered.Replayed:
			number := o.Answered.Run.ID
			about = step{object: theRun(number), kind: show, number: number, status: statusOf(o.Answered.Run.Status), client: o.Client}
		case o.Asked.Operation == "rerun" && o.succeeded():
			about.kind = repeat
		case o.Asked.Run > 0 && o.Answered != nil && o.Answered.Status == 404:
			about.kind = showNone
		default:
			continue
		}
		t.add(about, from, to)
	}
}
