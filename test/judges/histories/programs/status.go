package main

import "strings"

// status is a set of statuses that a run may have.
type status uint8

const (
	absent status = 1 << iota
	queued
	running
	succeeded
	failed
	cancelled
)

const (
	stillOpen = queued | running
	ended     = succeeded | failed | cancelled
)

var statusNames = []string{"absent", "queued", "running", "succeeded", "failed", "cancelled"}

func statusOf(name string) status {
	for bit, known := range statusNames {
		if known == name {
			return 1 << bit
		}
	}
	return 0
}

func (s status) String() string {
	var names []string
	for bit, name := range statusNames {
		if s&(1<<bit) != 0 {
			names = append(names, name)
		}
	}
	return strings.Join(names, " or ")
}

// later adds the statuses that a run reaches by itself at any moment. Only a caller cancels it, and it never goes back.
func (s status) later() status {
	if s&queued != 0 {
		s |= running | succeeded | failed
	}
	if s&running != 0 {
		s |= succeeded | failed
	}
	return s
}
