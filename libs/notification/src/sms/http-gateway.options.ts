import type { SmsProviderCommon } from './sms-provider.types';

/** Any gateway that takes an SMS by one HTTP request. */
export interface HttpGatewayOptions extends SmsProviderCommon {
  kind: 'http';
  gateway: HttpGateway;
  /** Replaces `{secret}` in the gateway's address, headers and body. */
  secret?: string;
  /** The sending number or name, for `{from}`. */
  from?: string;
  /** What may be asked although it is not on the public Internet: see `OutboundOptions` of `@portillon/outbound`. */
  allow: readonly string[];
}

/**
 * Format of the gateway's requests and answers: the content of `SMS_HTTP_FILE`. In texts, `{number}` `{text}`
 * `{reference}` `{from}` `{secret}` `{minutes}` `{receiptUrl}` are replaced with values of the message.
 */
export interface HttpGateway {
  url: string;
  method?: 'POST' | 'PUT';
  headers?: Readonly<Record<string, string>>;
  /** The body: as JSON, or as a form. */
  json?: unknown;
  form?: Readonly<Record<string, string>>;
  /** `e164`: `+33612345678`, which is the default; `digits`: `33612345678`. */
  number?: 'e164' | 'digits';
  /** Answers to an accepted message. */
  sent: AnswerRule;
  /** Answers to a message that no gateway will accept: the number is invalid. */
  refused?: AnswerRule;
  /** Answers that allow a retry. 429 and 5xx do, unless named elsewhere. */
  later?: AnswerRule;
  /** Path of the gateway's id of the message in a JSON answer, such as `messages.0.id`. */
  messageId?: string;
  /** Format of its reports, in the query, a form or JSON. */
  receipt?: ReceiptRule;
}

export interface AnswerRule {
  status: readonly number[];
  /** Path of a value in the JSON answer, and its accepted values. */
  value?: { path: string; oneOf: readonly (string | number | boolean)[] };
}

export interface ReceiptRule {
  /** Path of the state in the report, such as `status.value`. */
  state: string;
  delivered: readonly string[];
  undelivered?: readonly string[];
  expired?: readonly string[];
  rejected?: readonly string[];
}

const PLACEHOLDERS = 'number text reference from secret minutes receiptUrl'.split(' ');
const FIELDS = 'url method headers json form number sent refused later messageId receipt'.split(' ');
const MOST_CHARACTERS = 16_384;

/**
 * Reads the description of a gateway.
 *
 * @throws Error with one sentence that names the faulty field, never its value
 */
export function readHttpGateway(text: string): HttpGateway {
  if (text.length > MOST_CHARACTERS) throw new Error(`is longer than ${MOST_CHARACTERS} characters`);
  const gateway = parsed(text);
  const fault = faultOf(gateway);
  if (fault) throw new Error(fault);
  return gateway as unknown as HttpGateway;
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch {
    // Reported below, without the parser's message, which quotes the text.
  }
  throw new Error('is not a JSON object');
}

function faultOf(gateway: Record<string, unknown>): string | undefined {
  const unknown = Object.keys(gateway).find((name) => !FIELDS.includes(name));
  if (unknown) return `has the unknown field "${unknown}"; there are ${FIELDS.join(', ')}`;
  return requestFault(gateway) ?? ruleFault(gateway) ?? placeholderFault(gateway);
}

function requestFault(gateway: Record<string, unknown>): string | undefined {
  const { url, method = 'POST', number = 'e164', json, form } = gateway;
  if (typeof url !== 'string' || !URL.canParse(url)) return 'needs "url", the address of the gateway';
  if (!isOneOf(['POST', 'PUT'], method)) return 'has a "method" other than POST and PUT';
  if (!isOneOf(['e164', 'digits'], number)) return 'has a "number" other than e164 and digits';
  if ((json === undefined) === (form === undefined)) return 'needs "json" or "form", one of them';
  return undefined;
}

function ruleFault({ sent, refused, later, receipt }: Record<string, unknown>): string | undefined {
  if (!isRule(sent)) return 'needs "sent": { "status": [200] }, the answers to a message that was taken';
  if (refused !== undefined && !isRule(refused)) return 'has a "refused" that is not { "status": [400] }';
  if (later !== undefined && !isRule(later)) return 'has a "later" that is not { "status": [503] }';
  if (receipt === undefined) return undefined;
  const isWhole = isRecord(receipt) && typeof receipt['state'] === 'string' && isWords(receipt['delivered']);
  return isWhole ? undefined : 'has a "receipt" without "state" and "delivered"';
}

/** Without {number} or {text} the messages would be useless: the file is refused at start. */
function placeholderFault({ url, headers, json, form }: Record<string, unknown>): string | undefined {
  const text = JSON.stringify([url, headers, json, form]);
  const used = [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  const unknown = used.find((name) => !PLACEHOLDERS.includes(name));
  if (unknown) return `has the unknown placeholder {${unknown}}; there are {${PLACEHOLDERS.join('} {')}}`;
  const missing = ['number', 'text'].find((name) => !used.includes(name));
  return missing && `uses {${missing}} nowhere`;
}

function isRule(value: unknown): boolean {
  if (!isRecord(value) || !Array.isArray(value['status']) || !value['status'].every(Number.isInteger))
    return false;
  const { value: wanted } = value;
  return (
    wanted === undefined ||
    (isRecord(wanted) && typeof wanted['path'] === 'string' && Array.isArray(wanted['oneOf']))
  );
}

function isOneOf(words: readonly string[], value: unknown): boolean {
  return typeof value === 'string' && words.includes(value);
}

function isWords(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
