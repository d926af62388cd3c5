const spool = [];
const factory = () => ({ send: async (mail) => void spool.push(mail) });

export default {
  name: 'acme-mail',
  candidates: [
    { domain: 'adapter', key: 'mail', provider: 'file', factory },
    {
      domain: 'adapter',
      key: 'mail',
      provider: 'smtp',
      priority: '10',
      requires: ['adapter/dns/udp'],
      factory,
    },
  ],
};
