import { Container, inject } from 'inversify';

import type { InversifyContainer, ServiceId } from './inversify-container.js';

/** A container of our own, for classes of an application that has none. */
export function createContainer(): InversifyContainer {
  return new Container();
}

/** Notes for Inversify what a constructor's parameter, or a property, is given. */
export function noteInjection(
  id: ServiceId<unknown>,
  target: object,
  property: string | symbol | undefined,
  parameter: number | undefined,
): void {
  inject(id)(target, property, parameter as number);
}
