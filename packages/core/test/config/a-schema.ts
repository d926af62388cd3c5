import type { StandardSchemaV1 } from '@standard-schema/spec';

type Result = StandardSchemaV1.Result<unknown> | Promise<StandardSchemaV1.Result<unknown>>;

/** A Standard Schema that answers what `validate` says. */
export function aSchema(validate: (value: unknown) => Result): StandardSchemaV1 {
  return { '~standard': { version: 1, vendor: 'test', validate } };
}
