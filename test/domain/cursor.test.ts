import { decodeCursor, encodeCursor, type CursorScope } from '../../functions/domain/cursor';

const scope: CursorScope = {
  tenantId: 'acme',
  list: 'workflow-runs',
  filters: { status: 'failed', workflow_id: 3 },
  key: Buffer.alloc(32, 7).toString('base64'),
};
const after = '0000000042';
const cursor = encodeCursor(scope, after);

const refusal = {
  code: 'invalid_request',
  faults: [
    {
      parameter: 'cursor',
      code: 'invalid_cursor',
      detail: 'Not a cursor of this list with these filters; start again without one.',
    },
  ],
};

describe('a cursor', () => {
  it('continues its own list after the row it was made at', () => {
    expect(decodeCursor(scope, cursor)).toBe(after);
    expect(decodeCursor({ ...scope, filters: { workflow_id: 3, status: 'failed' } }, cursor)).toBe(after);
  });

  it('does not reveal the row it continues after, and needs no escaping in a URL', () => {
    expect(cursor).toMatch(/^[\w-]+$/);
    expect(cursor).not.toContain(after);
  });

  it.each<[string, Partial<CursorScope>]>([
    ['another tenant', { tenantId: 'rival' }],
    ['another tenant’s key', { key: Buffer.alloc(32, 8).toString('base64') }],
    ['another list', { list: 'workflows' }],
    ['other filters', { filters: { status: 'succeeded', workflow_id: 3 } }],
    ['no filters', { filters: {} }],
  ])('is refused for %s', (_what, other) => {
    expect(() => decodeCursor({ ...scope, ...other }, cursor)).toThrow(expect.objectContaining(refusal));
  });

  it('is refused if any byte of it is changed', () => {
    const bytes = Buffer.from(cursor, 'base64url');
    for (let place = 0; place < bytes.length; place += 1) {
      const tampered = Buffer.from(bytes);
      tampered[place]! ^= 1;
      expect(() => decodeCursor(scope, tampered.toString('base64url'))).toThrow(expect.objectContaining(refusal));
    }
  });

  it.each([
    ['empty', ''],
    ['made up', 'abc'],
    ['a sort key', after],
    ['a signature without a row', Buffer.alloc(16).toString('base64url')],
    ['no base64url', '%%%'],
    ['padded', `${cursor}=`],
    ['of standard base64', Buffer.from(cursor, 'base64url').toString('base64').replace(/=*$/, '+')],
    ['not text', Buffer.concat([Buffer.alloc(16), Buffer.from([0xff])]).toString('base64url')],
  ])('that is %s is refused like one of another tenant', (_what, text) => {
    expect(() => decodeCursor(scope, text)).toThrow(expect.objectContaining(refusal));
  });
});
