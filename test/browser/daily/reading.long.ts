import { describeInTheDashboard } from '../in-the-dashboard';
import { addresses } from './reading/addresses';
import { finding } from './reading/finding';
import { firstPaint } from './reading/first-paint';
import { live } from './reading/live';
import { session } from './reading/session';
import { signingIn } from './reading/signing-in';
import { tenants } from './reading/tenants';

describeInTheDashboard('daily use: reading', live, finding, addresses, tenants, firstPaint, session, signingIn);
