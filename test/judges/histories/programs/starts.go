package main

import "fmt"

// addStarts adds the count and the store of every run that an answer names. A replay names what an earlier request with
// the key made, so if no other answer does, that happened at or after the first call with the key.
func (t *tenantSteps) addStarts() {
	for number, answers := range t.origins {
		byKey := map[string][]operation{}
		for _, o := range answers {
			if o.Asked.Key == "" || !o.Answered.Replayed {
				// Each of these says that it made the run itself: a second one cannot be true.
				t.start(number, o, o.Call, o.Return)
				byKey[o.Asked.Key] = nil
			}
		}
		for _, o := range answers {
			if made, known := byKey[o.Asked.Key]; !known || made != nil {
				byKey[o.Asked.Key] = append(made, o)
			}
		}
		for key, replays := range byKey {
			if replays != nil {
				t.start(number, replays[0], t.firstCall(key, replays[0].Call), t.sighted[number])
			}
		}
	}
}

func (t *tenantSteps) start(number int, o operation, from, to int64) {
	counted := to
	if t.sighted[number] >= from && t.sighted[number] < to {
		counted = t.sighted[number]
	}
	t.add(step{object: theCounter, kind: count, number: number, client: o.Client}, from, counted)
	t.add(step{object: theRun(number), kind: store, number: number, client: o.Client}, from, to)
}

func (t *tenantSteps) firstCall(key string, otherwise int64) int64 {
	for _, o := range t.open {
		if o.Asked.Key == key && o.Call < otherwise {
			return o.Call
		}
	}
	return otherwise
}

// addKeys adds the starts of every key. Those without an answer are one step, because it makes no difference which of
// them made the run.
func (t *tenantSteps) addKeys() {
	unanswered := map[string]bool{}
	for _, o := range t.history {
		object := fmt.Sprintf("key %q", o.Asked.Key)
		switch {
		case !o.startsRun() || o.Asked.Key == "":
		case o.isOpen() && !unanswered[o.Asked.Key]:
			unanswered[o.Asked.Key] = true
			t.add(step{object: object, kind: startMaybe, client: o.Client}, o.Call, never)
		case o.succeeded() && o.Answered.Replayed:
			t.add(step{object: object, kind: startReplay, number: o.Answered.Run.ID, client: o.Client}, o.Call, o.Return)
		case o.succeeded():
			t.add(step{object: object, kind: startFresh, number: o.Answered.Run.ID, client: o.Client}, o.Call, o.Return)
		}
	}
}

// addUnnamed adds the numbers that no answer names. Each was taken by a start without an answer; the nth of them can
// have been taken by the nth such start at the earliest. If there are too few, nobody took the number, and the number
// after it cannot be counted. A number that a list shows is a run; each other one has none, and settlement may refund it.
func (t *tenantSteps) addUnnamed() {
	last := t.lastNumber()
	// Starts whose key was answered with another run made none.
	var mayHaveRun []operation
	named := map[string]bool{}
	for _, answers := range t.origins {
		for _, o := range answers {
			named[o.Asked.Key] = o.Asked.Key != ""
		}
	}
	for _, o := range t.open {
		if !named[o.Asked.Key] {
			mayHaveRun = append(mayHaveRun, o)
		}
	}
	takers, lost := t.open, 0
	for number := 1; number <= last; number += 1 {
		if t.origins[number] != nil || len(takers) == 0 {
			continue
		}
		taker := takers[0]
		takers = takers[1:]
		seen, shown := t.sighted[number]
		if !shown {
			lost += 1
			t.add(step{object: theCounter, kind: count, number: number, client: taker.Client}, taker.Call, never)
			t.add(step{object: theCounter, kind: refund, number: number, nth: lost, client: "settlement"}, taker.Call, never)
			continue
		}
		t.add(step{object: theCounter, kind: count, number: number, client: taker.Client}, taker.Call, seen)
		if len(mayHaveRun) > 0 {
			maker := mayHaveRun[0]
			mayHaveRun = mayHaveRun[1:]
			t.add(step{object: theRun(number), kind: store, number: number, client: maker.Client}, maker.Call, never)
		}
	}
}

// lastNumber is the largest number that an answer names, or that must have been taken because so many are counted.
func (t *tenantSteps) lastNumber() int {
	last := 0
	for number := range t.sighted {
		last = max(last, number)
	}
	shown := last
	for _, o := range t.history {
		if o.succeeded() {
			last = max(last, min(o.Answered.Used, shown+len(t.open)))
		}
	}
	return last
}
