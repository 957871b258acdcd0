import { Injectable } from '@nestjs/common';
import type { ErrorDefinition, ErrorDefinitions, FieldTexts, Locale } from './errors.types';
import { kernelErrors } from './kernel.errors';

/** The error codes and field codes that the libs of this application registered. */
@Injectable()
export class ErrorCatalogService {
  readonly #errors = new Map<string, ErrorDefinition>();
  readonly #fields = new Map<string, FieldTexts[string]>();

  constructor() {
    this.register(kernelErrors);
  }

  /** @throws Error when another lib has one of these codes already. */
  register(errors: ErrorDefinitions, fields: FieldTexts = {}): void {
    add(errors, this.#errors);
    add(fields, this.#fields);
  }

  /** Every registered code. */
  get codes(): string[] {
    return [...this.#errors.keys()];
  }

  /** Nothing when no module registered the code. */
  find(code: string): ErrorDefinition | undefined {
    return this.#errors.get(code);
  }

  /** What is wrong with a field, in a sentence; for a code that no module registered, that of `format`. */
  fieldText(code: string, locale: Locale): string {
    const text = this.#fields.get(code) ?? this.#fields.get('format');
    return text?.[locale] ?? '';
  }
}

/** A module that is imported twice registers twice, and the same. */
function add<Value>(values: Readonly<Record<string, Value>>, known: Map<string, Value>): void {
  for (const [code, value] of Object.entries(values)) {
    if ((known.get(code) ?? value) !== value) throw new Error(`Two libs register the code "${code}"`);
    known.set(code, value);
  }
}
