import { reentrantLock } from '../harness/subjects.js';
import { describeExclusiveLock } from './exclusive-lock.js';

describeExclusiveLock('ReentrantLock', reentrantLock);
