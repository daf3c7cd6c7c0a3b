// The stub must be imported first, because the handler creates its clients when it is loaded.
import './stub-clients';
export { handler } from '../../functions/rest-api/handler';
