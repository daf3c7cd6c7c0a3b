import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { asLines, type Arrival } from './cases';

interface Runner {
  /** The programs without which the sample cannot be run, each with an argument that only prints its version. */
  readonly needs: readonly (readonly [program: string, versionArgument: string])[];
  /** The files that make a program of the sample. It reads the file `cases` and prints true or false for each line. */
  readonly files: (sample: string) => Readonly<Record<string, string>>;
  readonly command: readonly [program: string, ...args: string[]];
}

const project = resolve(__dirname, '..', '..', '..');

/** How the sample of each language is run, by the name of its code block. One process judges all cases. */
export const runners = {
  ts: {
    needs: [[process.execPath, '--version']],
    files: (sample) => ({
      'verify.mts': `${sample}
import { readFileSync } from 'node:fs';
for (const line of readFileSync('cases', 'utf8').trimEnd().split('\\n')) {
  const [secret, id, timestamp, signature, body] = line
    .split(' ')
    .map((field) => (field === '-' ? undefined : Buffer.from(field.slice(1), 'base64')));
  // Node reads headers as Latin-1.
  const headers = {
    'webhook-id': id?.toString('latin1'),
    'webhook-timestamp': timestamp?.toString('latin1'),
    'webhook-signature': signature?.toString('latin1'),
  };
  console.log(verifyWebhook(String(secret), headers, body ?? ''));
}
`,
    }),
    command: [process.execPath, join(project, 'node_modules', 'tsx', 'dist', 'cli.mjs'), 'verify.mts'],
  },
  python: {
    needs: [['python3', '--version']],
    files: (sample) => ({
      'verify.py': `${sample}

names = ["webhook-id", "webhook-timestamp", "webhook-signature"]
for line in open("cases"):
    secret, *values, body = (None if field == "-" else base64.b64decode(field[1:]) for field in line.split())
    # aiohttp reads headers that are not UTF-8 so.
    headers = {name: value.decode(errors="surrogateescape") for name, value in zip(names, values) if value is not None}
    print(str(verify_webhook(secret.decode(), headers, body)).lower())
`,
    }),
    command: ['python3', 'verify.py'],
  },
  go: {
    needs: [['go', 'version']],
    files: (sample) => ({
      'verify.go': sample,
      'main.go': `package main

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"os"
	"strings"
)

func main() {
	cases, _ := os.ReadFile("cases")
	names := []string{"webhook-id", "webhook-timestamp", "webhook-signature"}
	for _, line := range strings.Split(strings.TrimSpace(string(cases)), "\\n") {
		fields := [5][]byte{}
		header := http.Header{}
		for index, field := range strings.Split(line, " ") {
			fields[index], _ = base64.StdEncoding.DecodeString(field[1:])
			if index > 0 && index < 4 && field != "-" {
				header.Set(names[index-1], string(fields[index]))
			}
		}
		fmt.Println(verifyWebhook(string(fields[0]), header, fields[4]))
	}
}
`,
    }),
    command: ['go', 'run', 'verify.go', 'main.go'],
  },
  java: {
    // A Java runtime without a compiler cannot run a source file.
    needs: [['javac', '--version']],
    files: (sample) => ({
      'Webhooks.java': sample.replace(
        /\}\s*$/,
        `
  public static void main(String[] args) throws java.io.IOException {
    for (String line : java.nio.file.Files.readAllLines(java.nio.file.Path.of("cases"))) {
      String[] fields = line.split(" ");
      // Servlet containers read headers as Latin-1.
      java.util.Map<String, String> headers = new java.util.HashMap<>();
      String[] names = {"webhook-id", "webhook-timestamp", "webhook-signature"};
      for (int index = 0; index < names.length; index += 1)
        if (!fields[index + 1].equals("-"))
          headers.put(names[index], new String(decoded(fields[index + 1]), StandardCharsets.ISO_8859_1));
      System.out.println(verifyWebhook(new String(decoded(fields[0])), headers::get, decoded(fields[4])));
    }
  }

  private static byte[] decoded(String field) {
    return Base64.getDecoder().decode(field.substring(1));
  }
}
`,
      ),
    }),
    command: ['java', 'Webhooks.java'],
  },
  sh: {
    needs: [['openssl', 'version']],
    files: (sample) => ({
      'verify.sh': sample,
      'all.sh': `decoded() { printf %s "\${1#:}" | base64 -d; }
while read -r secret id timestamp signature body; do
  unset WEBHOOK_ID WEBHOOK_TIMESTAMP WEBHOOK_SIGNATURE
  export WEBHOOK_SECRET="$(decoded "$secret")"
  [ "$id" = - ] || export WEBHOOK_ID="$(decoded "$id")"
  [ "$timestamp" = - ] || export WEBHOOK_TIMESTAMP="$(decoded "$timestamp")"
  [ "$signature" = - ] || export WEBHOOK_SIGNATURE="$(decoded "$signature")"
  decoded "$body" >body
  sh verify.sh </dev/null
done <cases
`,
    }),
    command: ['sh', 'all.sh'],
  },
} as const satisfies Record<string, Runner>;

export type Language = keyof typeof runners;

const guide = readFileSync(join(project, 'docs', 'receive-webhooks.md'), 'utf8');

/** @returns by the name of each case, whether the sample of the guide accepts it */
export async function runSample(
  language: Language,
  folder: string,
  arrivals: readonly Arrival[],
): Promise<Record<string, string | undefined>> {
  const { files, command }: Runner = runners[language];
  const sample = new RegExp('```' + language + '\n(.*?)```', 's').exec(guide)?.[1];
  if (sample === undefined) throw new Error(`docs/receive-webhooks.md has no sample in ${language}`);
  for (const [name, text] of Object.entries({ ...files(sample), cases: asLines(arrivals) }))
    writeFileSync(join(folder, name), text);
  const [program, ...args] = command;
  // Go compiles into a cache in the user's folder, and would download another Go if a file asked for it.
  const { PATH, HOME, GOCACHE } = process.env;
  const env = { PATH, HOME, ...(GOCACHE !== undefined && { GOCACHE }), GOTOOLCHAIN: 'local', GOFLAGS: '' };
  const { stdout, stderr } = await promisify(execFile)(program, args, { cwd: folder, env });
  if (stderr !== '') throw new Error(`The sample in ${language} complains: ${stderr}`);
  const printed = stdout.trimEnd().split('\n');
  return Object.fromEntries(arrivals.map(({ name }, index) => [name, printed[index]]));
}
