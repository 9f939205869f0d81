// Takes mail on a free port of this machine. Lines on standard output: {"port"}, then {"from","to","raw"} for each mail.
// It ends when standard input does.
import { SMTPServer } from 'smtp-server'

const say = (line) => process.stdout.write(JSON.stringify(line) + '\n')
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData(stream, session, done) {
    const parts = []
    stream.on('data', (part) => parts.push(part))
    stream.on('end', () => {
      say({ from: session.envelope.mailFrom.address, to: session.envelope.rcptTo.map((r) => r.address), raw: Buffer.concat(parts).toString('utf8') })
      done()
    })
  },
})
server.listen(0, '127.0.0.1', () => say({ port: server.server.address().port }))
process.stdin.resume().on('end', () => process.exit(0))
