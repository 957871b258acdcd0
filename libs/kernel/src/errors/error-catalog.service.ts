import { Injectable, DynamicModule, Module } from '@nestjs/common';
import type { ErrorDefinition, ErrorDefinitions, FieldTexts, Locale } from './errors.types';
import { kernelErrors } from './kernel.errors';

/** Error codes and field codes that the libraries of this application registered. */
@Injectable()
export class ErrorCatalogService {
  readonly #errors = new Map<string, ErrorDefinition>();
  readonly #fields = new Map<string, FieldTexts[string]>();

  constructor() {
    this.register(kernelErrors);
  }

  /** Registers definitions. @throws Error when another library has one of these codes */
  register(errors: ErrorDefinitions, fields: FieldTexts = {}): void {
    add(errors, this.#errors);
    add(fields, this.#fields);
  }

  /** Every registered code. */
  get codes(): string[] {
    return [...this.#errors.keys()];
  }

  /** Returns the definition of a code, or nothing when no module registered it. */
  find(code: string): ErrorDefinition | undefined {
    return this.#errors.get(code);
  }

  /**
   * Describes in a sentence what is wrong with a field, such as `rules.0.paths`. `format` and an unregistered code get the form
   * of the field (`format paths`), or that of any text.
   */
  fieldText(code: string, locale: Locale, field: string): string {
    const known = code === 'format' ? undefined : this.#fields.get(code);
    const text = known ?? this.#fields.get(`format ${nameOf(field)}`) ?? this.#fields.get('format');
    return text?.[locale] ?? '';
  }
}

/** The last name of a path, without the places in lists. */
function nameOf(field: string): string {
  return field.split('.').findLast((part) => !/^\d+$/.test(part)) ?? '';
}

/** A module that is imported twice registers the same definitions twice. */
function add<Value>(values: Readonly<Record<string, Value>>, known: Map<string, Value>): void {
  for (const [code, value] of Object.entries(values)) {
    if ((known.get(code) ?? value) !== value) throw new Error(`Two libs register the code "${code}"`);
    known.set(code, value);
  }
}

/**
 * Registers the error codes of a library: its module imports `ErrorsModule.forFeature(couponErrors)`. Needs
 * `KernelModule`.
 */
@Module({})
export class ErrorsModule {
  static forFeature(errors: ErrorDefinitions, fields: FieldTexts = {}): DynamicModule {
    const registered = {
      provide: Symbol('registered errors'),
      inject: [ErrorCatalogService],
      useFactory: (catalog: ErrorCatalogService) => catalog.register(errors, fields),
    };
    return { module: ErrorsModule, providers: [registered] };
  }
}
