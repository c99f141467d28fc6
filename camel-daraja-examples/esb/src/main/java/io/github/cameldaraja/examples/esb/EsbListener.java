package io.github.cameldaraja.examples.esb;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import java.util.Locale;
import org.apache.camel.component.servlet.CamelHttpTransportServlet;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;

/**
 * The bus in a servlet container, as a WAR: the container starts and stops it, and its port is the one that Safaricom calls. Below
 * the application's path callbacks come to {@code /pay}.
 */
public class EsbListener implements ServletContextListener {

    /** Where the servlet is. */
    static final String PATH = "/pay";

    private Main main;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext application = event.getServletContext();
        ServletRegistration.Dynamic servlet = application.addServlet("CamelServlet", CamelHttpTransportServlet.class);
        servlet.addMapping(PATH + "/*");
        servlet.setLoadOnStartup(1);
        servlet.setAsyncSupported(true);
        main = EsbApp.create(EsbApp.Dsl.valueOf(System.getProperty("dsl", "java").toUpperCase(Locale.ROOT)));
        // it is the container that ends it
        main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        main.addOverrideProperty("camel.component.daraja.callbackComponentName", "servlet");
        // what is left of the URL when the application and the servlet have taken theirs
        main.addOverrideProperty("camel.component.daraja.callbackPath", "/");
        try {
            main.start();
        } catch (Exception e) {
            main.stop();
            throw new IllegalStateException("the bus cannot be started: " + e.getMessage(), e);
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        main.stop();
    }
}
