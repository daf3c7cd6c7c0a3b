import { describeInTheDashboard } from '../in-the-dashboard';
import { addresses } from './addresses';
import { finding } from './finding';
import { firstPaint } from './first-paint';
import { live } from './live';
import { session } from './session';
import { signingIn } from './signing-in';
import { tenants } from './tenants';

describeInTheDashboard('daily use: reading', live, finding, addresses, tenants, firstPaint, session, signingIn);
