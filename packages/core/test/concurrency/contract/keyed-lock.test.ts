import { lockOfOneKey } from '../harness/subjects.js';
import { describeExclusiveLock } from './exclusive-lock.js';

describeExclusiveLock('KeyedLock on one key', lockOfOneKey);
