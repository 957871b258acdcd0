import { ApiProperty } from '@nestjs/swagger';
import { channelNames, hasVisibleText } from '@portillon/kernel';
import { isIn, isNotEmpty, Matches, ValidateBy, ValidateIf } from 'class-validator';

/** A field that may be left out. Unlike with class-validator's own, `null` in its place is refused: it is no value. */
export const Optional = () => ValidateIf((_body, value) => value !== undefined);

/**
 * Text that a user types on one line: no control character, no line or paragraph separator. The pattern uses code points,
 * because not every reader of the OpenAPI document supports `\p{Cc}`.
 */
// eslint-disable-next-line no-control-regex -- it refuses them
export const OneLine = () => Matches(/^[^\x00-\x1f\x7f-\x9f\u2028\u2029]*$/);

/** Compulsory text that a reader sees something of: blanks and zero-width characters are refused as an empty one is. */
export const SaysSomething = () =>
  ValidateBy({
    name: 'isNotEmpty',
    validator: {
      validate: (value) => isNotEmpty(value) && (typeof value !== 'string' || hasVisibleText(value)),
    },
  });

/** One of the channels that the libraries of this application declare. */
export const IsChannel = () =>
  ValidateBy({ name: 'isIn', validator: { validate: (value) => isIn(value, channelNames()) } });

/** In the API's description: an instant, or null. */
export const NullableInstant = (description?: string) =>
  ApiProperty({ type: String, format: 'date-time', nullable: true, description });

/** In the API's description: a text, or null. */
export const NullableText = (description: string, example?: string) =>
  ApiProperty({ type: String, nullable: true, description, example });
