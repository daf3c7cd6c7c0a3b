// The order matters: the handler opens its clients when it is loaded.
import './stub-clients';
export { handler } from '../../functions/rest-api/handler';
