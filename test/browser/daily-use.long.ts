import { finding } from './daily/finding';
import { live } from './daily/live';
import { session } from './daily/session';
import { signingIn } from './daily/signing-in';
import { describeInTheDashboard } from './in-the-dashboard';

describeInTheDashboard('daily use', live, finding, session, signingIn);
