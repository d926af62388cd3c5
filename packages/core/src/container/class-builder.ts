import type { Factory, FactoryContext } from '../decision/candidate.js';
import type { Key } from '../foundation/key.js';
import type { LiveHandle } from '../foundation/live-handle.js';
import { type ClassRecipe, classInvalid, type NamedPoint } from './class-provider.js';
import { givenBy } from './given-by.js';
import { createContainer } from './inversify.js';
import type { InversifyContainer, ServiceId } from './inversify-container.js';
import { KeyBindings, type KeySource } from './key-bindings.js';

/** What is there for the class that is being constructed, by key, in the order of its parameters. */
type Frame = Map<Key, { readonly candidates: unknown[]; readonly handles: LiveHandle<unknown>[] }>;

/**
 * Constructs classes: with `new` where all parameters are listed, else through Inversify, which also knows parameters
 * and properties of the application's own (`@inject`). Through the application's container where one is bound, else
 * through one of ours.
 *
 * Inversify asks for all that a class is given before anything else can run, so the frame of the class that is being
 * constructed is a variable, and what is asked for meanwhile is taken from it.
 */
export class ClassBuilder implements KeySource {
  /** Who gives what the class that is being constructed was not given itself. Set once, by the resolver. */
  source: KeySource | undefined;
  #container: InversifyContainer | undefined;
  #isApplications = false;
  #bindings: KeyBindings | undefined;
  /** Of this container: one transient binding for each class, made once. */
  readonly #classes = new Map<object, ServiceId<unknown>>();
  #frame: Frame | undefined;
  #isSynchronous = false;

  /** Uses the application's container, until the function that it returns is called; then one of ours again. */
  use(container: InversifyContainer, bindings: KeyBindings): () => void {
    this.#set(container, bindings);
    this.#isApplications = true;
    return () => {
      if (this.#container !== container) return;
      this.#set(undefined, undefined);
      this.#isApplications = false;
    };
  }

  /** Calls a factory that has to give its instance at once. */
  synchronously(factory: Factory, context: FactoryContext): unknown {
    const before = this.#isSynchronous;
    this.#isSynchronous = true;
    try {
      return factory(context);
    } finally {
      this.#isSynchronous = before;
    }
  }

  readonly construct = (
    { type, points, isListed, isBare }: ClassRecipe,
    { inject }: FactoryContext,
  ): unknown => {
    if (isListed || (isBare && !this.#isApplications)) {
      const [first, second] = points;
      // Most classes need little, and spreading a list costs as much as all the rest.
      if (first === undefined) return new type();
      if (second === undefined) return new type(argumentFor(first, inject) as never);
      return new type(...(points.map((point) => argumentFor(point, inject)) as never[]));
    }
    const isSynchronous = this.#isSynchronous;
    const container = (this.#container ??= createContainer());
    const bindings = (this.#bindings ??= new KeyBindings(container, this));
    const frame: Frame = new Map();
    for (const point of points) {
      bindings.bind(point.key, bindings.foreign(point.key));
      let entry = frame.get(point.key);
      if (entry === undefined) frame.set(point.key, (entry = { candidates: [], handles: [] }));
      if (point.kind === 'live') entry.handles.push(inject[point.name] as LiveHandle<unknown>);
      else entry.candidates.push(argumentFor(point, inject));
    }
    const id = this.#idOf(type, container);
    const before = this.#frame;
    this.#frame = frame;
    try {
      return isSynchronous ? container.get(id) : container.getAsync(id);
    } finally {
      this.#frame = before;
    }
  };

  give(key: Key): unknown {
    const entry = this.#frame?.get(key);
    if (entry !== undefined && entry.candidates.length > 0) return entry.candidates.shift();
    return this.source?.give(key);
  }

  live(key: Key): LiveHandle<unknown> {
    return this.#frame?.get(key)?.handles.shift() ?? (this.source as KeySource).live(key);
  }

  /** What was bound for construction goes with the container. */
  #set(container: InversifyContainer | undefined, bindings: KeyBindings | undefined): void {
    for (const id of this.#classes.values()) {
      if (this.#container?.isCurrentBound(id) === true) this.#container.unbind(id as never);
    }
    this.#classes.clear();
    this.#container = container;
    this.#bindings = bindings;
  }

  #idOf(type: ClassRecipe['type'], container: InversifyContainer): ServiceId<unknown> {
    let id = this.#classes.get(type);
    // The application may have unbound everything, or restored a snapshot from before.
    if (id !== undefined && container.isCurrentBound(id)) return id;
    id = Symbol(type.name) as unknown as ServiceId<unknown>;
    try {
      container.bind(id).to(type).inTransientScope();
    } catch (error) {
      const problem =
        'has parameters that nothing is said of. Mark each with @InjectCandidate, @InjectLive or, in a bound ' +
        'container, @inject; or list them: Provides({ …, inject: [CACHE] }).';
      throw classInvalid(type, problem, error);
    }
    this.#classes.set(type, id);
    return id;
  }
}

/** What a parameter is given: the handle, or what `get` gives. */
function argumentFor({ name, kind }: NamedPoint, inject: FactoryContext['inject']): unknown {
  const handle = inject[name] as LiveHandle<unknown>;
  return kind === 'live' ? handle : givenBy(handle);
}
