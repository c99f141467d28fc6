package io.github.cameldaraja.examples.esb;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** Somebody else at the broker, who wants people paid and reads what became of it. */
final class Queues implements AutoCloseable {

    private static final long SOON = 100;

    private final ActiveMQConnectionFactory factory;
    private final Connection connection;
    private final Session session;

    Queues(String url) throws JMSException {
        factory = new ActiveMQConnectionFactory(url);
        connection = factory.createConnection();
        connection.start();
        session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
    }

    /** Sends a message; its id. */
    String send(String queue, String text, Map<String, String> properties) throws JMSException {
        TextMessage message = session.createTextMessage(text);
        for (Map.Entry<String, String> property : properties.entrySet()) {
            message.setStringProperty(property.getKey(), property.getValue());
        }
        session.createProducer(session.createQueue(queue)).send(message);
        return message.getJMSMessageID();
    }

    /** What is in the queue now; it is gone then. */
    List<Message> take(String queue) throws JMSException {
        List<Message> taken = new ArrayList<>();
        try (MessageConsumer consumer = session.createConsumer(session.createQueue(queue))) {
            for (Message message = consumer.receive(SOON); message != null; message = consumer.receive(SOON)) {
                taken.add(message);
            }
        }
        return taken;
    }

    @Override
    public void close() throws JMSException {
        connection.close();
        factory.close();
    }
}
