// Judges the arrivals in the file named first with the Standard Webhooks library: one line of true or false for each.
package main

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"os"
	"strings"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

var names = []string{"webhook-id", "webhook-timestamp", "webhook-signature"}

func isReal(secret string, header http.Header, body []byte) bool {
	webhook, err := standardwebhooks.NewWebhook(secret)
	return err == nil && webhook.Verify(body, header) == nil
}

func main() {
	cases, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(cases)), "\n") {
		fields := [5][]byte{}
		header := http.Header{}
		for index, field := range strings.Split(line, " ") {
			fields[index], _ = base64.StdEncoding.DecodeString(field[1:])
			if index > 0 && index < 4 && field != "-" {
				header.Set(names[index-1], string(fields[index]))
			}
		}
		fmt.Println(isReal(string(fields[0]), header, fields[4]))
	}
}
