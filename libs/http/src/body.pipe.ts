import { ArgumentMetadata, Injectable, PipeTransform } from '@nestjs/common';
import { AppError, FieldError } from '@portillon/kernel';
import { ValidationError, validateSync } from 'class-validator';

/** As many as a developer reads: 6,000 unknown ones made an answer of 577 KB. */
const MOST_NAMED = 20;

type BodyClass<Body> = new () => Body;

/** The `code` in `errors` for each class-validator constraint. */
const CODES: Record<string, string> = {
  isString: 'type',
  isBoolean: 'type',
  isInt: 'type',
  isNumber: 'type',
  isArray: 'type',
  isNotEmpty: 'required',
  isDefined: 'required',
  minLength: 'required',
  maxLength: 'too-long',
  matches: 'format',
  isIn: 'choice',
  min: 'choice',
  max: 'choice',
  arrayMaxSize: 'too-long',
  whitelistValidation: 'unknown-field',
};
/** The first failure that applies is the one to report: a missing field is not also of the wrong type. */
const ORDER = ['unknown-field', 'required', 'type', 'choice', 'too-long', 'format'];

/** Checks every body against its class, with no coercion: unknown fields and wrong types are refused. */
@Injectable()
export class BodyPipe implements PipeTransform {
  transform(value: unknown, metadata: ArgumentMetadata): unknown {
    if (metadata.type !== 'body' || !metadata.metatype || metadata.metatype === Object) return value;
    return validateBody(metadata.metatype as BodyClass<object>, value);
  }
}

/** @throws AppError `validation.failed` naming the fields that are wrong, the first 20 of them. */
export function validateBody<Body extends object>(type: BodyClass<Body>, value: unknown): Body {
  const plain = value ?? {};
  if (typeof plain !== 'object' || Array.isArray(plain))
    throw invalid([{ field: '', code: 'type', message: '' }]);
  // Our bodies are flat, and names of Object.prototype were refused when the text was read.
  const body = Object.assign(new type(), plain);
  const errors = validateSync(body, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: false,
  });
  if (errors.length > 0) throw invalid(errors.slice(0, MOST_NAMED).map((error) => fieldError(error, plain)));
  return body;
}

function fieldError(error: ValidationError, plain: object): FieldError {
  const missing = !(error.property in plain);
  const codes = Object.keys(error.constraints ?? {}).map((name) => CODES[name] ?? 'format');
  const code = missing ? 'required' : (ORDER.find((one) => codes.includes(one)) ?? 'format');
  return { field: error.property.slice(0, 64), code, message: '' };
}

function invalid(errors: FieldError[]): AppError {
  return new AppError('validation.failed', { errors });
}
