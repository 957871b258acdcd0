import type { OpenAPIObject } from '@nestjs/swagger';
import { complete } from './complete';

function documented(path: string, security: object[]) {
  const paths = { [path]: { post: { responses: {}, security } } };
  const document = complete({ paths } as unknown as OpenAPIObject);
  return Object.entries(document.paths[path]!.post!.responses).map(
    ([status, answer]) => `${status} ${JSON.stringify(answer)}`,
  );
}

describe('what the document says of every operation', () => {
  it('is what a token is refused in administration, though no application may ask for the route', () => {
    const answers = documented('/api/admin/accounts/{id}/reset-factors', [{ session: [] }]);
    for (const code of ['credentials.ambiguous', 'access-token.rejected', 'requests.exceeded', 'not-found'])
      expect([code, answers.filter((one) => one.includes(code))]).toMatchObject([code, [expect.any(String)]]);
    expect(answers.join()).not.toContain('scope.insufficient');
  });

  it('is the shape of a cursor, in an answer as in the request for the next page', () => {
    const list = { properties: { nextCursor: { type: ['string', 'null'] } } };
    const item = { get: { parameters: [{ name: 'cursor', in: 'query' }], responses: {} } };
    const document = { paths: { '/events': item }, components: { schemas: { List: list, Act: {} } } };
    complete(document as unknown as OpenAPIObject);
    const shape = { pattern: '^[\\w-]{1,4000}$' };
    expect(list.properties.nextCursor).toMatchObject({ type: ['string', 'null'], ...shape });
    expect(item.get.parameters).toMatchObject([{ schema: shape }]);
  });

  it('is an integer for each number without a format', () => {
    const properties = {
      line: { type: 'number' },
      total: { type: ['number', 'null'] },
      rate: { type: ['number', 'null'], format: 'double' },
    };
    const document = { paths: {}, components: { schemas: { Import: { properties } } } };
    const completed = complete(document as unknown as OpenAPIObject);
    expect(completed.components!.schemas!['Import']).toMatchObject({
      properties: {
        line: { type: 'integer' },
        total: { type: ['integer', 'null'] },
        rate: { type: ['number', 'null'] },
      },
    });
  });

  it('names neither tokens nor ids elsewhere', () => {
    const answers = documented('/api/account', [{ session: [] }]).join();
    for (const code of ['access-token.rejected', 'not-found']) expect(answers).not.toContain(code);
  });
});
