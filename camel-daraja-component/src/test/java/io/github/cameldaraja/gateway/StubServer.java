package io.github.cameldaraja.gateway;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** A scripted HTTP/1.1 server on loopback that can also misbehave, which no real server class lets one do. */
class StubServer implements AutoCloseable {

    /** One request as it came. */
    record Request(String method, String target, Map<String, String> headers, byte[] body, int connection) {

        String path() {
            return target.split("\\?")[0];
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        String header(String name) {
            return headers.get(name.toLowerCase(Locale.ROOT));
        }
    }

    /** What to do with a request; returns whether the connection lives on. */
    @FunctionalInterface
    interface Reply {
        boolean answer(Request request, Socket socket) throws IOException;
    }

    final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Reply> usual = new ConcurrentHashMap<>();
    private final Map<String, Deque<Reply>> next = new ConcurrentHashMap<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final ServerSocket server;
    private final boolean tls;
    private final Thread accepting;

    StubServer() throws Exception {
        this(null);
    }

    StubServer(SSLContext tls) throws Exception {
        this.tls = tls != null;
        InetAddress loopback = InetAddress.getLoopbackAddress();
        server = tls == null ? new ServerSocket(0, 1000, loopback)
                : tls.getServerSocketFactory().createServerSocket(0, 1000, loopback);
        accepting = daemon(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    String url() {
        return (tls ? "https" : "http") + "://localhost:" + port();
    }

    /** What the path answers when nothing else is scripted. */
    void usually(String path, Reply reply) {
        usual.put(path, reply);
    }

    /** What the path answers next, once each. */
    void next(String path, Reply... replies) {
        next.computeIfAbsent(path, key -> new ConcurrentLinkedDeque<>()).addAll(List.of(replies));
    }

    /** Takes back what is scripted and has not happened. */
    void forget(String path) {
        next.remove(path);
    }

    List<Request> requests(String path) {
        return requests.stream().filter(request -> request.path().equals(path)).toList();
    }

    int count(String path) {
        return requests(path).size();
    }

    int connections() {
        return connections.get();
    }

    /** Closes what is open, as servers do with idle connections. */
    void closeConnections() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    static Reply json(int status, String body) {
        return raw(status, "Content-Type: application/json\r\n", body);
    }

    static Reply html(int status, String body) {
        return raw(status, "Content-Type: text/html\r\n", body);
    }

    static Reply raw(int status, String headers, String body) {
        return (request, socket) -> {
            write(socket, status, headers, body.getBytes(StandardCharsets.UTF_8));
            return true;
        };
    }

    /** Reads the request and cuts the connection. */
    static Reply reset() {
        return (request, socket) -> {
            socket.setSoLinger(true, 0);
            socket.close();
            return false;
        };
    }

    /** Reads the request and closes politely, without a word. */
    static Reply hangUp() {
        return (request, socket) -> false;
    }

    /** Promises more than it sends. */
    static Reply truncated() {
        return (request, socket) -> {
            socket.getOutputStream().write(("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n"
                    + "{\"ResponseCode\":\"0\",").getBytes(StandardCharsets.UTF_8));
            return false;
        };
    }

    /** Says nothing until the other side goes. */
    static Reply silent() {
        return (request, socket) -> socket.getInputStream().read() >= 0;
    }

    static void write(Socket socket, int status, String headers, byte[] body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(("HTTP/1.1 " + status + " Some\r\n" + headers + "Content-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        out.write(body);
        socket.getOutputStream().write(out.toByteArray());
        socket.getOutputStream().flush();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                int number = connections.incrementAndGet();
                sockets.add(socket);
                daemon(() -> serve(socket, number));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket, int number) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            boolean alive = true;
            while (alive) {
                Request request = read(in, number);
                if (request == null) {
                    return;
                }
                requests.add(request);
                alive = reply(request).answer(request, socket);
            }
        } catch (IOException e) {
            // gone
        } finally {
            sockets.remove(socket);
        }
    }

    private Reply reply(Request request) {
        Deque<Reply> scripted = next.get(request.path());
        Reply reply = scripted == null ? null : scripted.poll();
        return reply != null ? reply : usual.getOrDefault(request.path(), json(404, "{\"errorCode\":\"404.001.01\"}"));
    }

    private static Request read(InputStream in, int connection) throws IOException {
        String line = line(in);
        if (line == null) {
            return null;
        }
        String[] words = line.split(" ");
        if (words.length < 3) {
            return null;
        }
        Map<String, String> headers = new TreeMap<>();
        for (String header = line(in); header != null && !header.isEmpty(); header = line(in)) {
            String[] parts = header.split(":", 2);
            headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].trim());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Request(words[0], words[1], headers, body, connection);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return null;
            }
            line.write(c);
        }
        return line.toString(StandardCharsets.UTF_8).trim();
    }

    /** Opens a tunnel as a proxy does. */
    static Reply tunnelTo(int port) {
        return (request, socket) -> {
            Socket target = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.getOutputStream().write("HTTP/1.1 200 Connected\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            daemon(() -> copy(target, socket));
            copy(socket, target);
            return false;
        };
    }

    private static void copy(Socket from, Socket to) {
        try {
            OutputStream out = to.getOutputStream();
            from.getInputStream().transferTo(out);
            to.close();
        } catch (IOException e) {
            // gone
        }
    }

    static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "stub");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void close() throws Exception {
        server.close();
        // a thread that waits in accept() may still let one in after that
        accepting.join();
        closeConnections();
    }
}
