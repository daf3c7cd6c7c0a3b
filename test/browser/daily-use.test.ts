import { session } from './daily/session';
import { signingIn } from './daily/signing-in';
import { describeInTheDashboard } from './in-the-dashboard';

describeInTheDashboard('daily use', session, signingIn);
