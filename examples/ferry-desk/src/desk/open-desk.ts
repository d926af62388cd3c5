import { createOneiric, type Oneiric } from '@oneiric/core';
import { bindRegistry } from '@oneiric/core/container';
import { Container } from 'inversify';

import config from '../../oneiric.config.js';
import { FlatFares } from '../fares/flat-fares.js';
import { GroupFares } from '../fares/group-fares.js';
import { AnswerBook } from '../http/answer-book.js';
import { DeskServer } from '../http/desk-server.js';
import { bindDesk } from './bind-desk.js';

export interface Desk {
  readonly oneiric: Oneiric;
  readonly url: string;
  readonly answers: AnswerBook;
  /** Answers what was asked, then closes what runs. */
  close(): Promise<void>;
}

/** The whole application: its own classes in Inversify, what can be chosen in Oneiric, and a server in front. */
export async function openDesk(): Promise<Desk> {
  const oneiric = await createOneiric({ config });
  try {
    const container = new Container({ defaultScope: 'Singleton' });
    bindDesk(container);
    const { resolver } = bindRegistry(container, oneiric);
    await resolver.register(FlatFares);
    await resolver.register(GroupFares);
    resolver.assertValid();
    // Before any class asks: what Inversify could not build for want of an adapter, it would never try again.
    await oneiric.lifecycle.activateAll();

    const server = container.get(DeskServer);
    const url = await server.listen();
    const close = async (): Promise<void> => {
      await server.close();
      await oneiric.close();
    };
    return { oneiric, url, answers: container.get(AnswerBook), close };
  } catch (error) {
    await oneiric.close();
    throw error;
  }
}
