// A DynamoDB on this machine: `node dynalite.js PORT`. Dynalite ends when a client is killed in the middle of a request
// (it throws the connection's error), which is what our tests do to clients; a DynamoDB goes on.
process.on('uncaughtException', (error) => {
  if (error.code === 'ECONNRESET') return
  console.error(error)
  process.exit(1)
})

require('dynalite')({ createTableMs: 0, deleteTableMs: 0 }).listen(Number(process.argv[2]), '127.0.0.1')
