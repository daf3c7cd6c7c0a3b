import { errorCodes } from '../../functions/domain/errors';
import { problems } from '../../functions/edge/http/problem';
import { remedies } from '../../functions/rest-api/document/words/errors';
import { markdownTable } from '../markdown-table';

/** Every refusal of the REST API, by status. */
export function errorsTable(): string {
  const byStatus = [...errorCodes].sort((a, b) => problems[a].status - problems[b].status);
  return markdownTable(
    ['status', 'code', 'what to do'],
    byStatus.map((code) => [String(problems[code].status), `\`${code}\``, remedies[code]]),
  );
}
