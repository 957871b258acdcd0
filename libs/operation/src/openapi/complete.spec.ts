import { ApiProperty } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import { OneLine, Optional } from '@portillon/http';
import { ArrayMaxSize, IsArray, IsInt, IsNotEmpty, IsString, Matches, Max, MaxLength } from 'class-validator';
import { complete, describeBodies } from './complete';

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

class Text {
  @IsString()
  @IsNotEmpty()
  text!: string;
}

/** This class has no validator. */
class Line extends Text {}

class Act {
  @Optional()
  @IsString()
  @MaxLength(128)
  @OneLine()
  reason?: string;
}

class Reasoned extends Act {}

class Order extends Act {
  @IsString()
  @Matches(/^[a-z]+$/i)
  code!: string;

  @IsInt()
  @Max(9)
  count!: number;

  @IsArray()
  @ArrayMaxSize(3)
  @MaxLength(5, { each: true })
  words!: string[];

  @ApiProperty({ type: [Line] })
  lines!: Line[];
}

const text = { type: 'string' };
const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const body = (name: string) => ({
  post: { requestBody: { required: true, content: { 'application/json': { schema: reference(name) } } } },
});

function described() {
  const document = {
    paths: { '/orders': body('Order'), '/acts': body('Reasoned') },
    components: {
      schemas: {
        Order: {
          type: 'object',
          properties: {
            reason: { ...text },
            code: { ...text },
            count: { type: 'number' },
            words: { type: 'array', items: { ...text } },
            lines: { type: 'array', items: reference('Line') },
          },
          required: ['code', 'count', 'words', 'lines'],
        },
        Line: { type: 'object', properties: { text: { ...text } }, required: ['text'] },
        Reasoned: { type: 'object', properties: { reason: { ...text } } },
        Answer: { type: 'object', properties: {} },
      },
    },
  };
  describeBodies(document as unknown as OpenAPIObject, [Reasoned, Order]);
  return document;
}

describe('the document of a body', () => {
  const { paths, components } = described();
  const { Order: order, Line: line, Reasoned: reasoned, Answer: answer } = components.schemas;

  it('refuses unknown fields, in nested objects too, and in no answer', () => {
    expect([order, line, reasoned]).toMatchObject(Array<object>(3).fill({ additionalProperties: false }));
    expect(answer).not.toHaveProperty('additionalProperties');
  });

  it('has the bounds and patterns of the validators, inherited ones too', () => {
    expect(order.properties).toMatchObject({
      code: { type: 'string' },
      count: { type: 'integer', maximum: 9 },
      words: { maxItems: 3, items: { maxLength: 5 } },
    });
    expect(line.properties.text).toEqual({ type: 'string', minLength: 1 });
    expect(reasoned.properties.reason).toMatchObject({ maxLength: 128 });
  });

  it('has the pattern of a field, unless JSON Schema would read it otherwise', () => {
    expect(reasoned.properties.reason).toHaveProperty(
      'pattern',
      '^[^\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029]*$',
    );
    expect(order.properties.code).not.toHaveProperty('pattern');
  });

  it('is required where one of its fields is', () => {
    expect(paths['/orders'].post.requestBody.required).toBe(true);
    expect(paths['/acts'].post.requestBody.required).toBe(false);
  });
});
