package main

import "math"

// unshown is what a list does not show: a run, or with a filter a run of a status.
type unshown struct {
	number int
	wanted string
}

// addLists adds what each list of all runs shows of each run, and which runs it does not show although it covers their
// numbers. Of the latter, only the last one of each run is added: whoever was not there yet at a later moment was not
// there before. The same holds for a status that a run keeps.
func (t *tenantSteps) addLists() {
	last := map[unshown]operation{}
	for _, o := range t.history {
		if o.Asked.Operation != "list" || !o.succeeded() {
			continue
		}
		shown := map[int]bool{}
		before := math.MaxInt
		if o.Asked.Before > 0 {
			before = o.Asked.Before
		}
		upto, from := before, 0
		for _, run := range o.Answered.Runs {
			s := step{object: theRun(run.ID), kind: show, number: run.ID, status: statusOf(run.Status), client: o.Client}
			if run.ID >= upto || (o.Asked.Wanted != "" && run.Status != o.Asked.Wanted) {
				s.kind = contradict
			}
			t.add(s, o.Call, o.Return)
			shown[run.ID] = true
			upto = run.ID
		}
		if o.Answered.HasMore {
			from = upto
		}
		if o.Asked.Wanted != "" && statusOf(o.Asked.Wanted)&ended == 0 {
			continue
		}
		for number := range t.sighted {
			if number >= from && number < before && !shown[number] {
				last[unshown{number, o.Asked.Wanted}] = o
			}
		}
	}
	for missing, o := range last {
		s := step{object: theRun(missing.number), kind: showNone, number: missing.number, client: o.Client}
		if missing.wanted != "" {
			s.kind, s.status = showNotAs, statusOf(missing.wanted)
		}
		t.add(s, o.Call, o.Return)
	}
}
