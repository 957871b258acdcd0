import { ApiProperty, type OpenAPIObject } from '@nestjs/swagger';
import { OneLine, Optional } from '@portillon/http';
import { ArrayMaxSize, IsArray, IsInt, IsNotEmpty, IsString, Matches, Max, MaxLength } from 'class-validator';
import { describeBodies } from './bodies';

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
