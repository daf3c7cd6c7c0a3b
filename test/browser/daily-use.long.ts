import { addresses } from './daily/addresses';
import { finding } from './daily/finding';
import { firstPaint } from './daily/first-paint';
import { live } from './daily/live';
import { session } from './daily/session';
import { signingIn } from './daily/signing-in';
import { tenants } from './daily/tenants';
import { describeInTheDashboard } from './in-the-dashboard';

describeInTheDashboard('daily use', live, finding, addresses, tenants, firstPaint, session, signingIn);
