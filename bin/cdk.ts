import '../local/without-sdk-notice';
import { runCdk } from './deploy/run-cdk';

/** `npm run cdk -- <command>`: the CDK's own commands, such as bootstrap, diff and destroy. */
void runCdk(process.argv.slice(2)).then((code) => (process.exitCode = code));
