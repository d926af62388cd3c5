import { lockOfOneKey, reentrantLock, writeLock } from '../harness/subjects.js';
import { describeExclusiveLock } from './exclusive-lock.js';

describeExclusiveLock('ReentrantLock', reentrantLock);
describeExclusiveLock('AsyncRWLock.write', writeLock);
describeExclusiveLock('KeyedLock on one key', lockOfOneKey);
