import '../local/without-sdk-notice';
import { runDeploy } from './deploy/run-deploy';

void runDeploy(process.argv.slice(2)).then((code) => (process.exitCode = code));
