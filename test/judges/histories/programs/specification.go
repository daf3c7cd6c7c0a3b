package main

import (
	"fmt"

	"github.com/anishathalye/porcupine"
)

// The specification of a tenant: a counter, its runs, and its idempotency keys. A start takes a number from the counter
// and then stores the run, which are two steps, because a reader may see the first before the second. A list reads each
// run at a moment of its own, as a query of DynamoDB does. So every step touches one object, and by the locality of
// linearizability (Herlihy and Wing, 1990) a tenant is linearizable if and only if each of its objects is.

// step is what an operation did to one object.
type step struct {
	object string
	kind   kind
	// number is that of a run, or for `use` the runs that are counted.
	number int
	// nth is which refund of the tenant this is, from 1.
	nth    int
	status status
	client string
}

type kind string

const (
	// Of the counter.
	count  kind = "count run"      // takes the next number
	refund kind = "refund run"     // gives back the count of a number that has no run
	use    kind = "read the usage" // shows how many are counted
	// Of a run.
	store       kind = "store run"
	show        kind = "show run"
	showNone    kind = "show no run"
	showNotAs   kind = "show run not as"
	cancel      kind = "cancel run"
	cancelMaybe kind = "cancel run, without an answer"
	refuse      kind = "refuse to cancel run, which has ended"
	repeat      kind = "start again run"
	// Of an idempotency key.
	startFresh  kind = "start with the key run"
	startReplay kind = "repeat with the key run"
	startMaybe  kind = "start with the key, without an answer"
	// Of an answer that contradicts itself or what was answered before it was asked.
	contradict kind = "contradictory answer about run"
)

// state is that of one object; the others leave their fields as they are.
type state struct {
	counted, refunded int
	statuses          status
	// ofKey is the run of the key: 0 if there is none, maybe if a start without an answer may have made one.
	ofKey int
}

const maybe = -1

// take returns the state after a step, and false if the step is impossible.
func (s state) take(next step) (bool, state) {
	now := s.statuses.later()
	switch next.kind {
	case count:
		s.counted += 1
		return s.counted == next.number, s
	case refund:
		s.refunded += 1
		return s.refunded == next.nth && s.counted >= next.number, s
	case use:
		return s.counted-s.refunded == next.number, s
	case store:
		return now == absent, s.with(queued)
	case show:
		return now&next.status != 0, s.with(now & next.status)
	case showNone:
		return now == absent, s
	case showNotAs:
		return now&^next.status != 0, s.with(now &^ next.status)
	case cancel:
		return now&stillOpen != 0, s.with(cancelled)
	case cancelMaybe:
		if now&stillOpen != 0 {
			now |= cancelled
		}
		return true, s.with(now)
	case refuse:
		return now&ended != 0, s.with(now & ended)
	case repeat:
		return now != absent, s
	case startFresh:
		return s.ofKey <= 0, s.ofRun(next.number)
	case startReplay:
		return s.ofKey == next.number || s.ofKey == maybe, s.ofRun(next.number)
	case startMaybe:
		if s.ofKey == 0 {
			s.ofKey = maybe
		}
		return true, s
	}
	return false, s
}

func (s state) with(statuses status) state {
	s.statuses = statuses
	return s
}

func (s state) ofRun(number int) state {
	s.ofKey = number
	return s
}

var specification = porcupine.Model{
	Partition: byObject,
	Init:      func() interface{} { return state{statuses: absent} },
	Step: func(now, input, _ interface{}) (bool, interface{}) {
		return now.(state).take(input.(step))
	},
	DescribeOperation: func(input, _ interface{}) string { return describe(input.(step)) },
	DescribeState: func(now interface{}) string {
		s := now.(state)
		return fmt.Sprintf("counted %d, refunded %d, run %v, run of the key %d", s.counted, s.refunded, s.statuses, s.ofKey)
	},
}

func byObject(history []porcupine.Operation) [][]porcupine.Operation {
	places := map[string]int{}
	var parts [][]porcupine.Operation
	for _, one := range history {
		object := one.Input.(step).object
		place, known := places[object]
		if !known {
			place = len(parts)
			places[object] = place
			parts = append(parts, nil)
		}
		parts[place] = append(parts[place], one)
	}
	return parts
}

func describe(s step) string {
	switch {
	case s.kind == use:
		return fmt.Sprintf("%s: read the usage, %d", s.client, s.number)
	case s.kind == startMaybe:
		return fmt.Sprintf("%s: %s", s.client, s.kind)
	case s.status != 0:
		return fmt.Sprintf("%s: %s %d, %v", s.client, s.kind, s.number, s.status)
	}
	return fmt.Sprintf("%s: %s %d", s.client, s.kind, s.number)
}
