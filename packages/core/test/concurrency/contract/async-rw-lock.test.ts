import { writeLock } from '../harness/subjects.js';
import { describeExclusiveLock } from './exclusive-lock.js';

describeExclusiveLock('AsyncRWLock.write', writeLock);
