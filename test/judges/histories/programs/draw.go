package main

import (
	"fmt"
	"os"
	"path/filepath"
	"sort"

	"github.com/anishathalye/porcupine"
)

// draw makes a page of one object, in the folder that the program was given.
func draw(info porcupine.LinearizationInfo, name string) string {
	if len(os.Args) < 3 {
		return ""
	}
	if err := os.MkdirAll(os.Args[2], 0o755); err != nil {
		panic(err)
	}
	drawing := filepath.Join(os.Args[2], name)
	if err := porcupine.VisualizePath(specification, info, drawing); err != nil {
		panic(err)
	}
	return drawing
}

// inLanes gives each step of a drawing the first line on which it overlaps no other, and an end to those that have none.
func inLanes(part []porcupine.Operation) []porcupine.Operation {
	last := int64(0)
	for _, one := range part {
		last = max(last, one.Call)
		if one.Return < never {
			last = max(last, one.Return)
		}
	}
	drawn := append([]porcupine.Operation{}, part...)
	sort.SliceStable(drawn, func(a, b int) bool { return drawn[a].Call < drawn[b].Call })
	var lanes []int64
	for index := range drawn {
		one := &drawn[index]
		one.Return = min(one.Return, last+1_000)
		lane := 0
		for lane < len(lanes) && lanes[lane] >= one.Call {
			lane += 1
		}
		if lane == len(lanes) {
			lanes = append(lanes, 0)
		}
		lanes[lane] = one.Return
		one.ClientId = lane
	}
	return drawn
}

// unplaced describes what the longest order that was found lacks.
func unplaced(part []porcupine.Operation, info porcupine.LinearizationInfo) []string {
	var longest []porcupine.Operation
	for _, order := range info.PartialLinearizationsOperations()[0] {
		if len(order) > len(longest) {
			longest = order
		}
	}
	placed := map[string]int{}
	for _, one := range longest {
		placed[withTimes(one)] += 1
	}
	drawn := inLanes(part)
	sort.SliceStable(drawn, func(a, b int) bool { return drawn[a].Return < drawn[b].Return })
	var left []string
	for _, one := range drawn {
		if text := withTimes(one); placed[text] > 0 {
			placed[text] -= 1
		} else if len(left) < 5 {
			left = append(left, text)
		}
	}
	return left
}

func withTimes(one porcupine.Operation) string {
	return fmt.Sprintf("%s (%.3f s to %.3f s)", describe(one.Input.(step)), float64(one.Call)/1e6, float64(one.Return)/1e6)
}
