/** One component of an application of realistic shape: what it is called, and what it is given. */
export interface Part {
  readonly name: string;
  readonly needs: readonly string[];
}

const LAYERS = 6;

/**
 * An application of `count` components in six layers: each component of a layer is given three of the layer below it.
 * The first one is given all of the top layer.
 */
export function makeApplication(count: number): readonly Part[] {
  const perLayer = Math.floor((count - 1) / LAYERS);
  const layerOf = (index: number): number => Math.min(LAYERS - 1, Math.floor(index / perLayer));
  const parts = Array.from({ length: count - 1 }, (_, index): Part => {
    const below = layerOf(index) - 1;
    const needs =
      below < 0
        ? []
        : [1, 7, 13].map((step) => `part.${below * perLayer + ((index * step + step) % perLayer)}`);
    return { name: `part.${index}`, needs: [...new Set(needs)] };
  });
  const top = parts.filter((_, index) => layerOf(index) === LAYERS - 1).map(({ name }) => name);
  return [...parts, { name: 'application', needs: top }];
}

/** What each component is made of, for us and for the peers. */
export function makeComponent(name: string, needs: readonly unknown[]): object {
  return { name, needs };
}
