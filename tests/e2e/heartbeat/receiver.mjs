// A watcher and a department in one: /beat takes signs of life, /city takes notices, or none of them
// while the file REFUSE exists. One line per message: what it was and what became of it.
//   node receiver.mjs PORT_FILE REFUSE
import { createServer } from 'node:http';
import { existsSync, writeFileSync } from 'node:fs';

const [port_file, refuse] = process.argv.slice(2);
const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const { data } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    const refused = request.url === '/city' && existsSync(refuse);
    const said = data.exercise ? `exercise: ${data.text.split('\n')[0]}` : '';
    console.log(`${request.url} ${data.event} ${refused ? 'refused' : 'taken'} ${said}`);
    response.writeHead(refused ? 503 : 204).end();
  });
});
server.listen(0, '127.0.0.1', () => writeFileSync(port_file, String(server.address().port)));
