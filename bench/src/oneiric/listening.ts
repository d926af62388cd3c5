import { context } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { CHANNEL_CATALOGUE, type ChannelName, subscribe } from '@oneiric/core';
import { useOpenTelemetry } from '@oneiric/core/opentelemetry';

import type { Contender } from '../harness/contender.js';

/** Who listens while a contender runs. */
export type Listening = 'nobody' | 'all channels' | 'OpenTelemetry';

/** Lets one of these listen at a time. Changes between samples, not while one is timed. */
export class Audience {
  readonly #begin: Readonly<Record<Listening, () => readonly Disposable[]>>;
  #now: Listening = 'nobody';
  #listening: readonly Disposable[] = [];
  heard = 0;

  constructor() {
    const tracerProvider = new BasicTracerProvider({
      spanProcessors: [new SimpleSpanProcessor(new InMemorySpanExporter())],
    });
    const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
    const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
    const meterProvider = new MeterProvider({ readers: [reader] });
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    this.#begin = {
      nobody: () => [],
      'all channels': () =>
        (Object.keys(CHANNEL_CATALOGUE) as ChannelName[]).map((name) => subscribe(name, () => this.heard++)),
      OpenTelemetry: () => [useOpenTelemetry({ tracerProvider, meterProvider })],
    };
  }

  /** The same contender, with somebody listening. */
  with(listening: Listening, contender: Contender): Contender {
    return {
      prepare: () => {
        this.become(listening);
      },
      run: (turns) => contender.run(turns),
    };
  }

  become(listening: Listening): void {
    if (listening === this.#now) return;
    for (const each of this.#listening) each[Symbol.dispose]();
    this.#listening = this.#begin[listening]();
    this.#now = listening;
  }
}
